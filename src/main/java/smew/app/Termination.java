package smew.app;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * What happens when the system asks the process to end (SIGTERM). Java by itself runs its shutdown hooks and exits with 143; a
 * server that has finished its work in an orderly way is to exit with 0.
 *
 * <p>By name, because javac warns of sun.misc.Signal in a way that nothing turns off.
 */
final class Termination {

    private static final String SIGNAL = "sun.misc.Signal";
    private static final String HANDLER = "sun.misc.SignalHandler";

    private Termination() {}

    /** Runs this in place of what Java would do. Where the Java at hand has no such signal, all stays as it is. */
    static void then(Runnable action) {
        try {
            Class<?> signal = Class.forName(SIGNAL);
            Class<?> handler = Class.forName(HANDLER);
            Object handled = Proxy.newProxyInstance(
                    Termination.class.getClassLoader(), new Class<?>[] {handler}, (_, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                            return null;
                        }
                        return method.invoke(action, arguments);
                    });
            Object term = signal.getConstructor(String.class).newInstance("TERM");
            signal.getMethod("handle", signal, handler).invoke(null, term, handled);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException none) {
            System.getLogger("smew.app").log(System.Logger.Level.DEBUG, "No signal to handle", none);
        }
    }
}
