package dev.whitewater.checker.zone;

import dev.whitewater.checker.history.History;
import dev.whitewater.checker.search.Purse;
import dev.whitewater.checker.value.Value;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Appends to texts as compare-and-sets. A read of a text that is put together from values which are
 * written once each tells what every append in it found there, so each is a swap from one text to
 * the next. An append that nobody saw is a write of a value that nobody read: whatever it was put
 * behind, no read of that text may come later until a put has begun another one.
 *
 * <p>Where a value was written more than once, somebody is taken to have written what was read: if
 * an order comes of it all is well, and if not, it proves nothing ({@link #guessed}). Texts that
 * can be taken apart in more than one way are left to a search.
 */
final class Appends {
    private static final int UNKNOWN = -1;

    private final ZoneInput input;
    private final History history;
    private final Purse purse;

    /** What was written, by its text, to the place of the operation. */
    private final Map<String, List<Integer>> writers = new LinkedHashMap<>();

    /** Texts that were taken apart, the longest one by the place of its first writer. */
    private final Map<Integer, Known> longest = new LinkedHashMap<>();

    private final TreeSet<Integer> lengths = new TreeSet<>();

    /** Per place: the state an append found, the one it left, and a read that tells. */
    private final Map<Integer, Link> links = new LinkedHashMap<>();

    /** Puts that a text begins with, and the state that each left. */
    private final Map<Integer, Integer> bases = new LinkedHashMap<>();

    private int states;
    private boolean ambiguous;
    private boolean guessed;

    /** A text and the number of the state that it is. */
    private record Known(String text, int state) {}

    /** A place in what was read, the state that came before, and who wrote what stands there. */
    private record Spot(int at, int state, int before, int read) {}

    /** What an append did, and a read that tells. */
    record Link(int found, int left, int teller) {}

    Appends(ZoneInput input, History history, Purse purse) {
        this.input = input;
        this.history = history;
        this.purse = purse;
    }

    /** What came of it. */
    enum Outcome {
        /** Every operation of the key is a read, a write or a swap now. */
        READY,
        AMBIGUOUS,
        BROKEN
    }

    /** Looks at one key as it was at an event; what is broken is added to {@code proofs}. */
    Outcome prepare(int from, int to, int cut, List<Proof> proofs) {
        writers.clear();
        longest.clear();
        lengths.clear();
        links.clear();
        bases.clear();
        guessed = false;
        states = history.values().size();
        ambiguous = !collect(from, to, cut);
        Optional<Proof> broken = ambiguous ? Optional.empty() : read(from, to, cut);
        if (ambiguous) {
            return Outcome.AMBIGUOUS;
        }
        broken.ifPresent(proofs::add);
        if (broken.isPresent()) {
            return Outcome.BROKEN;
        }
        for (int place = from; place < to && input.call(place) < cut; place++) {
            become(place);
        }
        return Outcome.READY;
    }

    private void become(int place) {
        Link link = links.get(place);
        if (link != null) {
            input.becomeSwap(place, link.found(), link.left());
        } else if (input.isAppend(place) || input.access(place) == ZoneInput.WRITE) {
            Integer base = bases.get(place);
            input.becomeWrite(place, base == null ? states++ : base);
        }
    }

    /** Whether it was a guess who wrote what was read, so that only an order proves anything. */
    boolean guessed() {
        return guessed;
    }

    /** The read that tells what an append did, or -1. */
    int teller(int place) {
        Link link = links.get(place);
        return link == null ? UNKNOWN : link.teller();
    }

    /** Notes who wrote what; false if something is written twice, or is no text. */
    private boolean collect(int from, int to, int cut) {
        for (int place = from; place < to && input.call(place) < cut; place++) {
            purse.step();
            if (!input.isAppend(place) && input.access(place) != ZoneInput.WRITE) {
                continue;
            }
            Value value = history.value(history.argument(input.operation(place)));
            if (!(value instanceof Value.Text(String text)) || text.isEmpty()) {
                return false;
            }
            writers.computeIfAbsent(text, _ -> new ArrayList<>(1)).add(place);
            lengths.add(text.length());
        }
        return true;
    }

    /** Takes apart what was read, the shorter texts first: they are what longer ones begin with. */
    private Optional<Proof> read(int from, int to, int cut) {
        List<Integer> reads = new ArrayList<>();
        for (int place = from; place < to && input.call(place) < cut; place++) {
            if (input.access(place) == ZoneInput.READ && input.completion(place) < cut) {
                reads.add(place);
            }
        }
        reads.sort(Comparator.comparingInt(place -> text(place).length()));
        for (int place : reads) {
            purse.step();
            Optional<Proof> broken = take(place, text(place));
            if (broken.isPresent() || ambiguous) {
                return broken;
            }
        }
        return Optional.empty();
    }

    private String text(int read) {
        Value seen = history.value(history.output(input.operation(read)));
        return seen instanceof Value.Text(String text) ? text : seen.isNil() ? "" : seen.toString();
    }

    private Optional<Proof> take(int read, String text) {
        if (text.isEmpty()) {
            input.becomeRead(read, input.initial());
            return Optional.empty();
        }
        int first = writer(text, new Spot(0, input.initial(), UNKNOWN, read));
        if (first == UNKNOWN) {
            return unwritten(read);
        }
        Known known = longest.get(first);
        boolean goesOn = known != null && text.startsWith(known.text());
        int at = goesOn ? known.text().length() : 0;
        int state = goesOn ? known.state() : input.initial();
        int before = UNKNOWN;
        while (at < text.length()) {
            purse.step();
            int writer = writer(text, new Spot(at, state, before, read));
            if (writer == UNKNOWN) {
                return unwritten(read);
            }
            if (!input.isAppend(writer)) {
                state = bases.computeIfAbsent(writer, _ -> states++);
            } else {
                Link link = links.get(writer);
                if (link == null) {
                    link = new Link(state, states++, read);
                    links.put(writer, link);
                } else if (link.found() != state) {
                    return Optional.of(
                            new Proof(Proof.Kind.APPENDED_TWICE, writer, link.teller(), read));
                }
                state = link.left();
            }
            at += textOf(writer).length();
            before = writer;
        }
        longest.put(first, new Known(text, state));
        input.becomeRead(read, state);
        return Optional.empty();
    }

    private Optional<Proof> unwritten(int read) {
        return ambiguous ? Optional.empty() : Optional.of(new Proof(Proof.Kind.UNWRITTEN, read));
    }

    /** Who wrote the value that stands at a place of a text; puts only stand at its beginning. */
    private int writer(String text, Spot spot) {
        int found = UNKNOWN;
        for (int length : lengths) {
            int end = spot.at() + length;
            if (end > text.length()) {
                break;
            }
            List<Integer> known = writers.getOrDefault(text.substring(spot.at(), end), List.of());
            int writer = likeliest(known, spot);
            if (writer != UNKNOWN) {
                ambiguous |= found != UNKNOWN;
                found = writer;
            }
        }
        return ambiguous ? UNKNOWN : found;
    }

    /** The one that is known to have written it there, or the first that may have. */
    private int likeliest(List<Integer> known, Spot spot) {
        int first = UNKNOWN;
        int possible = 0;
        for (int writer : known) {
            if (spot.at() > 0 && !input.isAppend(writer)) {
                continue;
            }
            possible++;
            Link link = links.get(writer);
            if (bases.containsKey(writer) || (link != null && link.found() == spot.state())) {
                guessed |= known.size() > 1;
                return writer;
            }
            if (first == UNKNOWN || (link == null && !mayBe(first, spot) && mayBe(writer, spot))) {
                first = writer;
            }
        }
        guessed |= possible > 1;
        return first;
    }

    /** Whether nothing that is known yet speaks against it. */
    private boolean mayBe(int writer, Spot spot) {
        return !links.containsKey(writer)
                && input.call(writer) < input.completion(spot.read())
                && (spot.before() == UNKNOWN
                        || input.call(spot.before()) < input.completion(writer));
    }

    private String textOf(int writer) {
        Value value = history.value(history.argument(input.operation(writer)));
        return value instanceof Value.Text(String text) ? text : "";
    }
}
