package dev.whitewater.scenarios.explore;

import java.util.ArrayList;
import java.util.List;

/** All ways to rename members 1 to n; the first one renames nothing. */
final class Permutations {

    private Permutations() {}

    /** Each array maps {@code i} to the new name of member {@code i + 1}. */
    static List<int[]> of(int members, boolean symmetry) {
        List<int[]> all = new ArrayList<>();
        int[] names = new int[members];
        if (symmetry) {
            extend(all, names, 0);
        } else {
            for (int i = 0; i < members; i++) {
                names[i] = i + 1;
            }
            all.add(names);
        }
        return all;
    }

    private static void extend(List<int[]> all, int[] names, int done) {
        if (done == names.length) {
            all.add(names.clone());
            return;
        }
        for (int name = 1; name <= names.length; name++) {
            if (!contains(names, done, name)) {
                names[done] = name;
                extend(all, names, done + 1);
            }
        }
    }

    private static boolean contains(int[] names, int done, int name) {
        for (int i = 0; i < done; i++) {
            if (names[i] == name) {
                return true;
            }
        }
        return false;
    }

    /** {@code text} with every {@code n1}, {@code n2}, … renamed. */
    static String rename(String text, int[] names) {
        StringBuilder renamed = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            renamed.append(c);
            boolean name =
                    c == 'n'
                            && i + 1 < text.length()
                            && Character.isDigit(text.charAt(i + 1))
                            && (i == 0 || !Character.isLetter(text.charAt(i - 1)));
            if (name) {
                i++;
                int member = text.charAt(i) - '0';
                renamed.append(member == 0 ? member : names[member - 1]);
            }
        }
        return renamed.toString();
    }
}
