package dev.idem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles users' code with the running JDK's compiler. */
final class Sources {

    private Sources() {}

    /** Returns a file of the repository, whose root is the working folder or the one above. */
    static Path ofRepository(String name) {
        Path here = Path.of(name);
        return Files.exists(here) ? here : Path.of("..").resolve(name);
    }

    /** Compiles a file into a folder. */
    static void compile(Path file, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            StringWriter messages = new StringWriter();
            boolean compiled = compiler.getTask(messages, files, null,
                    List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")), null,
                    files.getJavaFileObjects(file)).call();
            assertThat(compiled).as(messages.toString()).isTrue();
        }
    }

    /** Compiles a class of the default package, given as text, into a folder. */
    static void compile(String name, String text, Path classes) throws IOException {
        compile(Files.writeString(classes.resolve(name + ".java"), text), classes);
    }

    /** Packs the classes of a folder into a jar. */
    static void pack(Path classes, Path jar) throws IOException {
        List<Path> found = new ArrayList<>();
        try (var files = Files.list(classes)) {
            files.filter(file -> file.toString().endsWith(".class")).forEach(found::add);
        }
        try (OutputStream out = Files.newOutputStream(jar); JarOutputStream zip = new JarOutputStream(out)) {
            for (Path file : found) {
                zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
                Files.copy(file, zip);
            }
        }
    }
}
