package dev.whitewater.server.metrics;

/** A page in Prometheus' text format, version 0.0.4. */
public final class MetricsPage {

    private final StringBuilder text = new StringBuilder(8192);

    public MetricsPage gauge(String name, String help, double value) {
        head(name, help, "gauge");
        sample(name, value);
        return this;
    }

    public MetricsPage gauge(String name, String help, long value) {
        return gauge(name, help, (double) value);
    }

    public MetricsPage counter(String name, String help, long value) {
        return counter(name, help, (double) value);
    }

    /** Beyond 2^53 a number loses its last digits, as all of Prometheus' do. */
    MetricsPage sample(String series, long value) {
        return sample(series, (double) value);
    }

    public MetricsPage counter(String name, String help, double value) {
        head(name, help, "counter");
        sample(name, value);
        return this;
    }

    public MetricsPage histogram(String name, String help, Histogram histogram) {
        head(name, help, "histogram");
        histogram.write(this, name);
        return this;
    }

    /** The lines before the samples of a metric that has labels. */
    public MetricsPage head(String name, String help, String type) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        return this;
    }

    public MetricsPage sample(String series, double value) {
        text.append(series).append(' ').append(number(value)).append('\n');
        return this;
    }

    static String number(double value) {
        long whole = (long) value;
        return whole == value ? Long.toString(whole) : Double.toString(value);
    }

    public String text() {
        return text.toString();
    }
}
