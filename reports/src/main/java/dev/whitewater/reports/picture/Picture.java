package dev.whitewater.reports.picture;

import java.util.List;

/**
 * A finished picture.
 *
 * @param svg the complete element, ready for the page
 * @param folded sentences about what was drawn together or left out; empty when nothing was
 */
public record Picture(String svg, List<String> folded) {

    public static final Picture NONE = new Picture("", List.of());

    public Picture {
        folded = List.copyOf(folded);
    }

    /** Wraps drawn lanes into the svg element with its name and size. */
    static Picture of(String id, String label, double height, String body, List<String> folded) {
        Svg svg = new Svg();
        svg.open(
                "svg",
                "id",
                id,
                "viewBox",
                "0 0 " + Svg.n(Stage.WIDTH) + " " + Svg.n(height),
                "role",
                "group",
                "aria-label",
                label,
                "xmlns",
                "http://www.w3.org/2000/svg");
        svg.newline();
        return new Picture(svg + body + "</svg>", folded);
    }
}
