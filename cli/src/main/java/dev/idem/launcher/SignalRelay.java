package dev.idem.launcher;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the launcher alive on signals and passes them to the child, so that the child decides how to end.
 *
 * <p>SIGTERM, which reaches the launcher alone, is always passed on, and so are SIGINT and SIGHUP without a terminal.
 * At a terminal these two reach the whole process group, the child included, so the first one is not passed on: the
 * child would take it for the user's second. What arrives within a second of the last counts once. On Windows, where
 * consoles tell every process and ending a child is always by force, nothing is passed on.
 */
final class SignalRelay {

    private static final long ONCE = TimeUnit.SECONDS.toNanos(1);

    private final boolean terminal;
    private @Nullable Consumer<String> child;
    private @Nullable String pending;
    private boolean passed;
    private boolean heardFromTerminal;
    private long lastPassed;

    /**
     * Makes a relay that hears nothing yet.
     *
     * @param terminal whether SIGINT and SIGHUP reach the child anyway
     */
    SignalRelay(boolean terminal) {
        this.terminal = terminal;
    }

    /** Returns a relay that hears this process's signals from now on. */
    static SignalRelay install(boolean terminal) {
        SignalRelay relay = new SignalRelay(terminal);
        for (String name : new String[] {"TERM", "INT", "HUP"}) {
            relay.listen(name);
        }
        return relay;
    }

    /** Returns whether this process has a controlling terminal. */
    static boolean hasTerminal() {
        try {
            Files.newInputStream(Path.of("/dev/tty")).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Names the child, and passes on what arrived before there was one.
     *
     * @param sender sends the child a signal by name
     */
    synchronized void attach(Consumer<String> sender) {
        child = sender;
        if (pending != null) {
            sender.accept(pending);
        }
    }

    /** Sends a process a signal; without a shell to send it with, SIGTERM. */
    static void send(Process process, String name) {
        try {
            // Java itself can send SIGTERM alone.
            String kill = "kill -" + name + " " + process.pid();
            if (name.equals("TERM") || new ProcessBuilder("sh", "-c", kill).start().waitFor() != 0) {
                process.destroy();
            }
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Handles a signal.
     *
     * @param name such as TERM
     * @param now  the time in nanoseconds, as of {@link System#nanoTime()}
     */
    synchronized void receive(String name, long now) {
        if (Settings.windows()) {
            return;
        }
        if (terminal && !name.equals("TERM") && !heardFromTerminal) {
            heardFromTerminal = true;
            return;
        }
        if (passed && now - lastPassed < ONCE) {
            return;
        }
        passed = true;
        lastPassed = now;
        if (child == null) {
            pending = name;
        } else {
            child.accept(name);
        }
    }

    /** By reflection: the class is there in all JDKs but not part of Java, and javac has no way to allow its use. */
    private void listen(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object listener = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler},
                    (proxy, method, args) -> {
                        receive(name, System.nanoTime());
                        return null;
                    });
            signal.getMethod("handle", signal, handler).invoke(null, signal.getConstructor(String.class)
                    .newInstance(name), listener);
        } catch (ReflectiveOperationException e) {
            return; // a signal that this system lacks, or a Java without the class: the default action stays
        }
    }
}
