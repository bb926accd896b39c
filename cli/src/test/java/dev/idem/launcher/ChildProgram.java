package dev.idem.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Stands in for idem's main class in the tests of the launcher. */
final class ChildProgram {

    private ChildProgram() {}

    /** Runs one of the words {@code arguments}, {@code exit CODE}, {@code wait FOLDER}. */
    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "arguments" -> System.out.println(Arrays.toString(args) + " "
                    + ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
            case "exit" -> System.exit(Integer.parseInt(args[1]));
            case "wait" -> waitForSignal(Path.of(args[1]));
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void waitForSignal(Path folder) throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                Thread.sleep(200); // a launcher that dies first is found out
                Files.createFile(folder.resolve("stopped"));
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        Files.createFile(folder.resolve("ready"));
        Thread.sleep(60_000);
    }
}
