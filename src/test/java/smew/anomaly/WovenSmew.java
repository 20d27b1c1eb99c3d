package smew.anomaly;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import smew.anomaly.Halt.How;

/**
 * Smew in a process of its own, as it is but for one thing: before each change of a file or a name by the rooms that publish,
 * it calls {@link Halt}. The calls are woven into copies of the compiled classes, so that the code that users run has no hooks.
 *
 * @param classes where a JAR of the woven copies is; it comes first on the class path
 * @param directory the folder in which the process runs
 */
record WovenSmew(Path classes, Path directory) {

    private static final List<String> PUBLISHERS =
            List.of("smew/store/FolderStore", "smew/store/FolderWriter", "smew/release/Draft", "smew/release/Releases");
    private static final String JAR = "woven.jar";
    private static final Set<String> CHANGES = Set.of("write", "writeString", "move");

    static WovenSmew weave(Path classes, Path directory) throws IOException {
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(classes.resolve(JAR)))) {
            for (String name : PUBLISHERS) {
                try (InputStream original = WovenSmew.class.getResourceAsStream("/" + name + ".class")) {
                    jar.putNextEntry(new ZipEntry(name + ".class"));
                    jar.write(weave(original.readAllBytes()));
                }
            }
        }
        return new WovenSmew(classes, directory);
    }

    private static byte[] weave(byte[] original) {
        ClassDesc halt = ClassDesc.of(Halt.class.getName());
        CodeTransform before = (code, element) -> {
            if (element instanceof InvokeInstruction call && changes(call)) {
                code.invokestatic(halt, "point", MethodTypeDesc.ofDescriptor("()V"));
            }
            code.with(element);
        };
        ClassFile file = ClassFile.of();
        return file.transformClass(file.parse(original), ClassTransform.transformingMethodBodies(before));
    }

    /** Deleting what is left in staging counts as one change. */
    private static boolean changes(InvokeInstruction call) {
        String name = call.name().stringValue();
        return call.owner().asInternalName().equals("java/nio/file/Files")
                ? CHANGES.contains(name)
                : name.equals("clearStaging");
    }

    /** Starts a command that dies or waits before the n-th change. */
    Process start(int at, How how, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                QuickJava.command(classes, List.of(classes.resolve(JAR)), classes.resolve("woven.jsa")));
        command.addAll(List.of("-Dhalt.at=" + at, "-Dhalt.how=" + how, "smew.Launcher"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(Files.createTempFile(classes, "err", ".txt").toFile())
                .start();
    }
}
