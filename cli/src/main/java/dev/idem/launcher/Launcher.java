package dev.idem.launcher;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts idem in a child process, on a JDK 25 or newer and with the flags it needs.
 *
 * <p>A child, because no manifest entry can add the vector module to a running Java. It has this process's standard
 * streams, environment (with TornadoVM a variable more) and working folder; its exit code becomes ours, and {@link SignalRelay} says how signals reach
 * it. Where this Java was itself started with the module, the main class is called directly.
 */
public final class Launcher {

    /** Exit code for a machine without a suitable JDK, the same as for other bad input. */
    static final int NO_JAVA = 2;
    /** Exit code for a child that cannot be started. */
    static final int FAILED = 1;

    private static final String MAIN_CLASS = "dev.idem.cli.Main";

    private Launcher() {}

    /**
     * Runs idem and exits with its exit code.
     *
     * @param args idem's arguments, passed on as they are
     */
    public static void main(String[] args) {
        Map<String, String> environment = System.getenv();
        if (startedWithVectors() && !asksForAnotherJava(environment) && !asksForTornado(args)) {
            call(MAIN_CLASS, args);
            return;
        }
        System.exit(launch(MAIN_CLASS, environment, SignalRelay.hasTerminal(), args));
    }

    /**
     * Runs a main class in a child and returns its exit code (128 + n when signal n ended it), {@link #NO_JAVA} without
     * a suitable JDK, {@link #FAILED} when the child does not start.
     */
    static int launch(String mainClass, Map<String, String> environment, boolean terminal, String... args) {
        List<String> command = new ArrayList<>();
        Map<String, String> added = new HashMap<>();
        try {
            JavaHome java = JavaHomeSearch.ofThisMachine(environment).find();
            command.add(java.executable().toString());
            TornadoSdk.find(environment, List.of(args)).ifPresent(sdk -> {
                command.addAll(sdk.flags());
                added.putAll(TornadoSdk.variables(java, environment));
            });
        } catch (NoSuitableJavaException e) {
            System.err.println(e.getMessage());
            return NO_JAVA;
        } catch (IllegalArgumentException e) {
            System.err.println("idem: " + e.getMessage());
            return NO_JAVA;
        }
        command.addAll(JvmFlags.with(environment.get(JvmFlags.VARIABLE)));
        command.add("-cp");
        command.add(Settings.classPath());
        command.add(mainClass);
        command.addAll(TornadoSdk.without(List.of(args)));
        try {
            // Listening begins before the child does: a signal in between must end both.
            SignalRelay relay = SignalRelay.install(terminal);
            ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
            builder.environment().putAll(added);
            Process child = builder.start();
            relay.attach(signal -> SignalRelay.send(child, signal));
            return child.waitFor();
        } catch (IOException e) {
            System.err.println("idem: cannot start " + command.get(0) + ": " + e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static boolean startedWithVectors() {
        return Runtime.version().feature() >= JavaHome.LEAST_FEATURE
                && ModuleLayer.boot().findModule(JavaHome.VECTOR_MODULE).isPresent();
    }

    private static boolean asksForAnotherJava(Map<String, String> environment) {
        return environment.containsKey(JavaHomeSearch.VARIABLE) || environment.containsKey(JvmFlags.VARIABLE)
                || environment.containsKey(TornadoSdk.VARIABLE);
    }

    private static boolean asksForTornado(String... args) {
        return Stream.of(args).anyMatch(argument -> argument.startsWith(TornadoSdk.OPTION));
    }

    private static void call(String mainClass, String... args) {
        try {
            Class.forName(mainClass).getMethod("main", String[].class).invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(mainClass + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this jar lacks " + mainClass, e);
        }
    }
}
