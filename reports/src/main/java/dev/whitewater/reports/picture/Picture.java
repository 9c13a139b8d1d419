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

    /**
     * Wraps drawn lanes into the svg element with its name and size.
     *
     * @param time {@code from until left right}, for the script's cursor; empty without even time
     */
    private static Picture wrap(
            String id, String label, String time, double height, String body, List<String> folded) {
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
                "http://www.w3.org/2000/svg",
                "data-time",
                time);
        svg.newline();
        return new Picture(svg + body + "</svg>", folded);
    }

    /** A picture without an even time axis. */
    static Picture of(String id, String label, double height, String body, List<String> folded) {
        return wrap(id, label, "", height, body, folded);
    }

    /** The picture of a stage, on the ground that was drawn behind it. */
    static Picture of(String id, String label, Stage ground, Stage stage) {
        TimeScale scale = stage.scale;
        String time =
                scale.from()
                        + " "
                        + scale.until()
                        + " "
                        + Svg.n(scale.left())
                        + " "
                        + Svg.n(scale.right());
        String body = ground.svg + stage.svg.toString();
        return wrap(id, label, time, stage.y + 22, body, stage.folded);
    }
}
