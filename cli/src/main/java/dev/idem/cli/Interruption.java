package dev.idem.cli;

import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hears Ctrl-C, SIGTERM and SIGHUP while it is open. The first one asks the command to stop where it can; the second
 * one ends the process at once, and so does the first when {@link #atOnce} has been set.
 *
 * <p>A signal to a whole process group arrives twice, directly and through the launcher: what follows the first within
 * a second is the same stop.
 */
final class Interruption implements AutoCloseable {

    private static final String[] SIGNALS = {"INT", "TERM", "HUP"};

    private static final long ONE_STOP_NANOS = 1_000_000_000L;

    private final Terminal terminal;
    private final Map<String, Object> earlier = new LinkedHashMap<>();
    private volatile boolean requested;
    private volatile long requestedAt;
    private volatile @Nullable String atOnce;
    private String announcement = "stopping; once more to stop at once";

    private Interruption(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Returns an interruption that hears signals from now on. */
    static Interruption listen(Terminal terminal) {
        Interruption interruption = new Interruption(terminal);
        for (String signal : SIGNALS) {
            interruption.handle(signal);
        }
        return interruption;
    }

    /** Sets what is said at the first signal. */
    Interruption announce(String words) {
        announcement = words;
        return this;
    }

    /** Sets that from now on the first signal ends the process, with these words; null for not any more. */
    void atOnce(@Nullable String words) {
        atOnce = words;
    }

    /** Returns whether a signal has come. */
    boolean requested() {
        return requested;
    }

    private synchronized void receive() {
        if (requested && System.nanoTime() - requestedAt < ONE_STOP_NANOS) {
            return;
        }
        String last = requested ? "stopped" : atOnce;
        requestedAt = System.nanoTime();
        requested = true;
        terminal.err().println((terminal.live() ? "\r\u001b[K" : "") + "idem: " + (last == null ? announcement : last));
        terminal.err().flush();
        if (last != null) {
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        }
    }

    /** By reflection: the class is there in all JDKs but not part of Java, and javac has no way to allow its use. */
    private void handle(String name) {
        try {
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object own = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler},
                    (_, _, _) -> {
                        receive();
                        return null;
                    });
            Object before = set(name, own);
            if (before.equals(handler.getField("SIG_IGN").get(null))) {
                set(name, before); // nohup, or a shell's background job: stays ignored
            } else {
                earlier.put(name, before);
            }
        } catch (ReflectiveOperationException e) {
            return; // a signal that this system lacks, or a Java without the class: the default action stays
        }
    }

    private static Object set(String name, Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        return signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler")).invoke(null,
                signal.getConstructor(String.class).newInstance(name), handler);
    }

    /** Gives the signals back to who heard them before. */
    @Override
    public void close() {
        earlier.forEach((name, handler) -> {
            try {
                set(name, handler);
            } catch (ReflectiveOperationException e) {
                return; // it could be set, so this cannot happen
            }
        });
    }
}
