package dev.idem.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.random.Philox;
import dev.idem.tornado.kernel.NoiseKernels;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Byte code of kernels has nothing that the device compiler gets wrong. */
class KernelCodeTest {

    private static final Set<Opcode> FORBIDDEN = Set.of(Opcode.IUSHR, Opcode.LUSHR, Opcode.ATHROW, Opcode.NEW,
            Opcode.INVOKEDYNAMIC, Opcode.PUTSTATIC);
    private static final Set<String> FUNCTIONS_OF_OPENCL = Set.of("step", "mix", "clamp", "dot", "cross", "distance",
            "length", "normalize", "select", "exp", "log", "sqrt", "fma", "half", "sign", "shuffle", "any", "all");

    @Test
    void kernelsKeepToWhatTheDeviceCompilerGetsRight() throws Exception {
        List<String> faults = new ArrayList<>();
        int methods = 0;
        for (ClassModel type : kernels()) {
            for (MethodModel method : type.methods()) {
                String name = type.thisClass().asInternalName() + "." + method.methodName().stringValue();
                if (name.endsWith("<init>")) {
                    continue;
                }
                methods++;
                if (method.flags().has(java.lang.reflect.AccessFlag.PUBLIC)
                        && FUNCTIONS_OF_OPENCL.contains(method.methodName().stringValue())) {
                    faults.add(name + " has the name of a function of OpenCL");
                }
                check(method, name, faults);
            }
        }
        assertThat(methods).isGreaterThan(60);
        assertThat(faults).isEmpty();
    }

    private static void check(MethodModel method, String name, List<String> faults) {
        boolean variables = false;
        for (var element : method.code().orElseThrow()) {
            if (element instanceof LocalVariable variable) {
                variables = true;
                if (Set.of("half", "half2", "uint", "uchar", "kernel", "global", "local", "constant").contains(
                        variable.name().stringValue())) {
                    faults.add(name + " has a variable named as a type of OpenCL: " + variable.name().stringValue());
                }
            }
            if (element instanceof java.lang.classfile.Instruction instruction
                    && FORBIDDEN.contains(instruction.opcode())) {
                faults.add(name + " has " + instruction.opcode());
            }
            if (element instanceof InvokeInstruction call && Set.of("fma", "floor", "tanh", "rotateLeft").contains(
                    call.name().stringValue()) && !call.owner().asInternalName().contains("idem")) {
                faults.add(name + " calls " + call.name().stringValue());
            }
        }
        if (!variables && !name.endsWith("()V")) {
            faults.add(name + " has no table of local variables: compile with -g");
        }
    }

    private static List<ClassModel> kernels() throws Exception {
        List<ClassModel> models = new ArrayList<>();
        Path folder = Path.of(NoiseKernels.class.getResource("NoiseKernels.class").toURI()).getParent();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.class")) {
            for (Path file : files) {
                if (!file.endsWith("package-info.class")) {
                    models.add(ClassFile.of().parse(Files.readAllBytes(file)));
                }
            }
        }
        models.add(ClassFile.of().parse(bytes(Philox.class)));
        return models;
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return in.readAllBytes();
        }
    }
}
