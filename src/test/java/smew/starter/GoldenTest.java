package smew.starter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import smew.app.Console.Outcome;

/** All that is written and said, to the letter. {@code -Dgolden.rewrite=true} writes the file anew; the difference is the review. */
final class GoldenTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/starter/loans.txt");

    private static String loan(int row) {
        int customer = row % 30;
        return row + "," + customer + "," + String.format("%02d/%02d/2024", 1 + row / 60, 1 + row / 30 % 12) + ","
                + (row == 11 ? "n/a" : 100 + row * 7 % 50 + ".25") + ","
                + (customer % 4 == 0 ? "3021-01-01" : "1960-06-0" + (1 + customer % 9))
                + "," + (row * 31 % 7 < 3 ? "Yes" : "No") + ",town " + row % 6 + ",same,call me " + row + ","
                + (row * 7919 % 11 < 4 ? "late" : "paid");
    }

    @Test
    void theProjectIsWhatItWas(@TempDir Path folder) throws IOException {
        Started started = new Started(folder)
                .file(
                        "Loans 2024.csv",
                        Started.rows(
                                "loan,customer,day,Amount Lent,since,car,town,kind,remark,end", 300, GoldenTest::loan));
        Outcome made = started.init("Loans 2024.csv", "--entity", "customer", "--label", "end", "--time", "day");
        assertEquals(0, made.code(), made.err());
        String all = made.out()
                + made.out()
                        .lines()
                        .filter(line -> line.startsWith("  sql/"))
                        .map(String::strip)
                        .map(path -> "\n=== " + path + "\n" + started.text(path.substring("sql/".length())))
                        .collect(joining());
        if (Boolean.getBoolean("golden.rewrite")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, all);
        }
        assertEquals(Files.readString(GOLDEN, UTF_8).replace("\r\n", "\n"), all);
        assertEquals(0, started.run().code());
    }
}
