package dev.whitewater.scenarios.io;

import dev.whitewater.sim.history.Detail;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

import java.io.StringWriter;
import java.io.Writer;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Writes JSON in one line per value. Fields keep the order in which they are written. */
public final class Json {
    private final JsonGenerator out;

    private Json(JsonGenerator out) {
        this.out = out;
    }

    /** One object as a text without a line end. */
    public static String object(Consumer<Json> fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = generator(text)) {
            new Json(generator).value(fields);
        }
        return text.toString();
    }

    /** Objects, each on a line of its own; the writer stays open. */
    static Json lines(Writer writer) {
        return new Json(generator(writer));
    }

    private static JsonGenerator generator(Writer writer) {
        return JsonFactory.builder()
                .rootValueSeparator("")
                .build()
                .createGenerator(ObjectWriteContext.empty(), writer);
    }

    void line(Consumer<Json> fields) {
        value(fields);
        out.writeRaw('\n');
    }

    void flush() {
        out.flush();
    }

    private void value(Consumer<Json> fields) {
        out.writeStartObject();
        fields.accept(this);
        out.writeEndObject();
    }

    public Json text(String name, String value) {
        out.writeStringProperty(name, value);
        return this;
    }

    /** The text, or nothing at all if it is empty. */
    public Json textIfAny(String name, String value) {
        return value.isEmpty() ? this : text(name, value);
    }

    public Json number(String name, long value) {
        out.writeNumberProperty(name, value);
        return this;
    }

    /** The number, or nothing at all if it is 0. */
    public Json numberIfAny(String name, long value) {
        return value == 0 ? this : number(name, value);
    }

    /** Seconds or ratios, to three places. */
    public Json decimal(String name, double value) {
        out.writeNumberProperty(name, Math.round(value * 1000) / 1000.0);
        return this;
    }

    public Json truth(String name, boolean value) {
        out.writeBooleanProperty(name, value);
        return this;
    }

    public Json nothing(String name) {
        out.writeNullProperty(name);
        return this;
    }

    public Json texts(String name, Collection<String> values) {
        out.writeArrayPropertyStart(name);
        values.forEach(out::writeString);
        out.writeEndArray();
        return this;
    }

    public Json numbers(String name, Collection<? extends Number> values) {
        out.writeArrayPropertyStart(name);
        values.forEach(value -> out.writeNumber(value.longValue()));
        out.writeEndArray();
        return this;
    }

    /** Plain data, whatever its shape. */
    public Json detail(String name, Detail detail) {
        out.writeName(name);
        write(detail);
        return this;
    }

    private void write(Detail detail) {
        switch (detail) {
            case Detail.Text(String text) -> out.writeString(text);
            case Detail.Whole(long number) -> out.writeNumber(number);
            case Detail.Truth(boolean truth) -> out.writeBoolean(truth);
            case Detail.Absent() -> out.writeNull();
            case Detail.Items items -> {
                out.writeStartArray();
                items.items().forEach(this::write);
                out.writeEndArray();
            }
            case Detail.Fields fields -> {
                out.writeStartObject();
                fields.fields().forEach(field -> detail(field.name(), field.value()));
                out.writeEndObject();
            }
        }
    }

    public Json fields(String name, Consumer<Json> fields) {
        out.writeName(name);
        value(fields);
        return this;
    }

    /** A list of objects. */
    public <T> Json list(String name, Collection<T> values, BiConsumer<Json, T> each) {
        out.writeArrayPropertyStart(name);
        values.forEach(v -> value(json -> each.accept(json, v)));
        out.writeEndArray();
        return this;
    }
}
