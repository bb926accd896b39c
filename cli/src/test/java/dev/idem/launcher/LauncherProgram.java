package dev.idem.launcher;

/** The launcher with {@link ChildProgram} for a child and no terminal, whatever the tests run in. */
final class LauncherProgram {

    private LauncherProgram() {}

    public static void main(String[] args) {
        System.exit(Launcher.launch(ChildProgram.class.getName(), System.getenv(), false, args));
    }
}
