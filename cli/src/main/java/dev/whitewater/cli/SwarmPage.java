package dev.whitewater.cli;

import dev.whitewater.scenarios.swarm.SwarmTally;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One HTML page on a swarm: in how many runs each two kinds of faults met, and what was met. */
final class SwarmPage {

    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Whitewater: a swarm</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>
            :root { color-scheme: light dark; }
            body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; }
            .wide { overflow-x: auto; }
            table { border-collapse: collapse; font-size: 12px; }
            th, td { border: 1px solid #8886; padding: .15rem .3rem; text-align: right; }
            thead th { writing-mode: vertical-rl; text-align: left; }
            .never { background: #d556; }
            .apart { background: #8883; }
            </style></head><body>
            """;

    private SwarmPage() {}

    static String render(SwarmTally tally) {
        StringBuilder page = new StringBuilder(HEAD);
        page.append("<h1>A swarm of ").append(tally.runs()).append(" runs</h1>\n<p>");
        page.append(tally.failures()).append(" failed. Of ");
        page.append(SwarmTally.faultPairsPossible());
        page.append(" pairs of kinds of faults that can meet, ").append(tally.faultPairs().size());
        page.append(" met in a run; a number says in how many runs they did.</p>\n");
        pairs(page, tally.faultPairs());
        probes(page, tally);
        return page.append("</body></html>\n").toString();
    }

    private static void pairs(StringBuilder page, Map<String, Long> pairs) {
        List<String> kinds = SwarmTally.FAULTS;
        page.append("<div class=\"wide\"><table>\n<thead><tr><td></td>");
        kinds.forEach(kind -> page.append("<th scope=\"col\">").append(kind).append("</th>"));
        page.append("</tr></thead>\n<tbody>\n");
        for (String row : kinds) {
            page.append("<tr><th scope=\"row\">").append(row).append("</th>");
            for (String column : kinds) {
                cell(page, row, column, pairs);
            }
            page.append("</tr>\n");
        }
        page.append("</tbody></table></div>\n");
    }

    private static void cell(
            StringBuilder page, String row, String column, Map<String, Long> pairs) {
        boolean inOrder = row.compareTo(column) < 0;
        long runs = pairs.getOrDefault(inOrder ? row + "+" + column : column + "+" + row, 0L);
        if (row.equals(column)) {
            page.append("<td class=\"apart\"></td>");
        } else if (runs == 0) {
            page.append("<td class=\"never\">0</td>");
        } else {
            page.append("<td>").append(runs).append("</td>");
        }
    }

    private static void probes(StringBuilder page, SwarmTally tally) {
        TreeMap<String, Long> hit = tally.probesHit();
        page.append("<h2>Situations</h2>\n<div class=\"wide\"><table><tbody>\n");
        for (String probe : SwarmTally.expected()) {
            long runs = hit.getOrDefault(probe, 0L);
            page.append("<tr><th scope=\"row\">").append(probe).append("</th><td");
            page.append(runs == 0 ? " class=\"never\">never" : ">" + runs + " runs");
            page.append("</td></tr>\n");
        }
        page.append("</tbody></table></div>\n");
    }
}
