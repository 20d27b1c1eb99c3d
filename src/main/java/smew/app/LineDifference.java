package smew.app;

import java.util.ArrayList;
import java.util.List;

/** What differs between two texts, as {@code diff -u} shows it. */
final class LineDifference {

    private static final int AROUND = 3;

    private final List<String> before;
    private final List<String> after;
    private final List<String> out = new ArrayList<>();

    private LineDifference(String before, String after) {
        this.before = before.lines().toList();
        this.after = after.lines().toList();
    }

    /** The lines that differ with those around them; empty text where none do. */
    static String of(String name, String before, String after) {
        LineDifference difference = new LineDifference(before, after);
        difference.hunks();
        return difference.out.isEmpty()
                ? ""
                : "--- " + name + "\n+++ " + name + "\n" + String.join("\n", difference.out) + "\n";
    }

    /** One line of the whole: {@code ' '} in both, {@code '-'} or {@code '+'} in one. */
    private record Edit(char sign, String line, int left, int right) {}

    private void hunks() {
        List<Edit> edits = edits();
        int at = 0;
        while (at < edits.size()) {
            while (at < edits.size() && edits.get(at).sign() == ' ') {
                at++;
            }
            if (at == edits.size()) {
                return;
            }
            int from = Math.max(0, at - AROUND);
            int to = at;
            for (int ahead = at; ahead < edits.size() && ahead <= to + 2 * AROUND; ahead++) {
                to = edits.get(ahead).sign() == ' ' ? to : ahead;
            }
            hunk(edits.subList(from, Math.min(edits.size(), to + 1 + AROUND)));
            at = to + 1;
        }
    }

    private void hunk(List<Edit> edits) {
        long left = edits.stream().filter(edit -> edit.sign() != '+').count();
        long right = edits.stream().filter(edit -> edit.sign() != '-').count();
        out.add("@@ -" + (edits.getFirst().left() + 1) + "," + left + " +"
                + (edits.getFirst().right() + 1) + "," + right + " @@");
        edits.forEach(edit -> out.add(edit.sign() + edit.line()));
    }

    /** By the longest common subsequence: SQL files are short. */
    private List<Edit> edits() {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int left = before.size() - 1; left >= 0; left--) {
            for (int right = after.size() - 1; right >= 0; right--) {
                common[left][right] = before.get(left).equals(after.get(right))
                        ? common[left + 1][right + 1] + 1
                        : Math.max(common[left + 1][right], common[left][right + 1]);
            }
        }
        List<Edit> edits = new ArrayList<>();
        int left = 0;
        int right = 0;
        while (left < before.size() || right < after.size()) {
            boolean both = left < before.size() && right < after.size();
            if (both && before.get(left).equals(after.get(right))) {
                edits.add(new Edit(' ', before.get(left), left++, right++));
            } else if (right == after.size()
                    || (left < before.size() && common[left + 1][right] >= common[left][right + 1])) {
                edits.add(new Edit('-', before.get(left), left++, right));
            } else {
                edits.add(new Edit('+', after.get(right), left, right++));
            }
        }
        return edits;
    }
}
