import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The checks on sources that a compiler doesn't make: layout (google-java-format, AOSP style) and sizes (CONTRIBUTING.md).
 * Run by {@code mvn verify} on the selected JDK; {@code -Dformat=apply} rewrites the layout instead of checking it.
 */
final class Lint {

    private static final int MAX_FILE_LINES = 800;
    private static final int MAX_METHOD_LINES = 70;

    private final Path root;
    private final List<String> findings = new ArrayList<>();

    private Lint(Path root) {
        this.root = root;
    }

    public static void main(String[] args) throws Exception {
        boolean apply = args[0].equals("apply");
        Lint lint = new Lint(Path.of(args[2]));
        List<Path> sources = lint.sources();
        if (sources.size() < 20) {
            lint.findings.add("only " + sources.size() + " sources found below " + args[2] + ": the check saw nothing");
        }
        lint.layout(apply, args[1], sources);
        lint.sizes(sources);
        if (!lint.findings.isEmpty()) {
            lint.findings.forEach(System.err::println);
            System.err.println(lint.findings.size() + " finding(s) by build/Lint.java");
            System.exit(1);
        }
    }

    private List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !root.relativize(file).toString().contains("target/"))
                    .filter(file -> !root.relativize(file).startsWith("build"))
                    .sorted()
                    .toList();
        }
    }

    private void layout(boolean apply, String formatter, List<Path> sources) throws Exception {
        Path list = Files.createTempFile("sources", ".txt");
        try {
            Files.write(list, sources.stream().map(Path::toString).toList());
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-XX:+UseSerialGC", "-jar", formatter, "--aosp"));
            command.addAll(apply ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
            command.add("@" + list);
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            List<String> output = process.inputReader().lines().toList();
            if (process.waitFor() != 0) {
                output.forEach(line -> findings.add(line + ": layout differs; run mvn process-sources -N -Dformat=apply"));
            }
        } finally {
            Files.delete(list);
        }
    }

    private void sizes(List<Path> sources) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var task =
                    (JavacTask)
                            compiler.getTask(
                                    null, manager, diagnostic -> {}, null, null, manager.getJavaFileObjectsFromPaths(sources));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                Path file = root.relativize(Path.of(unit.getSourceFile().toUri()));
                long lines = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, unit));
                if (lines > MAX_FILE_LINES) {
                    findings.add(file + ": " + lines + " lines, the limit is " + MAX_FILE_LINES);
                }
                new Methods(file, unit, positions).scan(unit, null);
                todos(file, unit.getSourceFile().getCharContent(true).toString());
            }
        }
    }

    private void todos(Path file, String text) {
        if (text.contains("TODO(required)")) {
            findings.add(file + ": a TODO(required) is left");
        }
    }

    private final class Methods extends TreeScanner<Void, Void> {
        private final Path file;
        private final CompilationUnitTree unit;
        private final SourcePositions positions;

        Methods(Path file, CompilationUnitTree unit, SourcePositions positions) {
            this.file = file;
            this.unit = unit;
            this.positions = positions;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            if (method.getBody() != null) {
                LineMap map = unit.getLineMap();
                long from = map.getLineNumber(positions.getStartPosition(unit, method.getBody()));
                long to = map.getLineNumber(positions.getEndPosition(unit, method.getBody()));
                if (to - from + 1 > MAX_METHOD_LINES) {
                    findings.add(
                            file + ":" + from + ": " + method.getName() + " has " + (to - from + 1) + " lines, the limit is "
                                    + MAX_METHOD_LINES);
                }
            }
            return super.visitMethod(method, nothing);
        }
    }
}
