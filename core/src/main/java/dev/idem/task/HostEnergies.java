package dev.idem.task;

import dev.idem.energy.HostEnergy;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

/** Loads users' energies by class name. */
final class HostEnergies {

    private HostEnergies() {}

    /**
     * Returns a new object of the class; its class loader stays open for the life of the process.
     *
     * @throws IllegalArgumentException if a class path entry or the class is missing, it is no {@link HostEnergy}, or it
     *             cannot be constructed
     */
    static HostEnergy load(String className, List<String> classpath) {
        URL[] urls = classpath.stream().map(HostEnergies::url).toArray(URL[]::new);
        URLClassLoader loader = new URLClassLoader("idem-energy", urls, HostEnergies.class.getClassLoader());
        try {
            Object object = Class.forName(className, true, loader).getDeclaredConstructor().newInstance();
            if (object instanceof HostEnergy energy) {
                if (energy.dimension() < 1) {
                    throw new IllegalArgumentException(
                            "energy class " + className + " has dimension " + energy.dimension() + ", must be >= 1");
                }
                return energy;
            }
            throw new IllegalArgumentException(
                    "class " + className + " is not an energy: it does not implement " + HostEnergy.class.getName());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("there is no class " + className + " in " + (classpath.isEmpty()
                    ? "the class path of idem; name its jar with --classpath"
                    : String.join(File.pathSeparator, classpath)), e);
        } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            throw new IllegalArgumentException(
                    "energy class " + className
                            + " needs to be public, not abstract, with a public constructor without "
                            + "parameters",
                    e);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException("the constructor of energy class " + className + " threw "
                    + e.getCause(), e);
        } catch (LinkageError e) {
            throw new IllegalArgumentException("energy class " + className + " cannot be loaded: " + e, e);
        }
    }

    private static URL url(String entry) {
        File file = new File(entry);
        if (!file.exists()) {
            throw new IllegalArgumentException("class path entry " + entry + " does not exist");
        }
        try {
            return file.toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("class path entry " + entry + " is no file name", e);
        }
    }
}
