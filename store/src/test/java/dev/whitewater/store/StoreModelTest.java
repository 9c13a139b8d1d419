package dev.whitewater.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.util.List;

/** The store against a list of all versions. */
class StoreModelTest {

    @Property(tries = 500)
    void everyAnswerIsThatOfAListOfAllVersions(
            @ForAll("scripts") List<Request> script, @ForAll("ranges") List<Range> questions) {
        Store store = new Store();
        NaiveStore naive = new NaiveStore();
        long index = 0;
        for (Request request : script) {
            assertEquals(naive.apply(request), store.apply(++index, request), request::toString);
            assertEquals(naive.revision(), store.revision());
            Range question = questions.get((int) (index % questions.size()));
            assertEquals(naive.read(question), store.read(question), question::toString);
        }
    }

    @Property(tries = 200)
    void removingCompactedVersionsShowsNeitherInAnswersNorInTheHash(
            @ForAll("scripts") List<Request> script, @ForAll("ranges") List<Range> questions) {
        Store eager = new Store();
        Store slow = new Store();
        Store never = new Store();
        long index = 0;
        for (Request request : script) {
            index++;
            never.apply(index, request);
            slow.apply(index, request);
            eager.apply(index, request);
            slow.removeCompacted(1);
            eager.removeCompacted(Integer.MAX_VALUE);
            assertEquals(never.hash(), slow.hash());
            assertEquals(never.hash(), eager.hash());
            for (Range question : questions) {
                assertEquals(never.read(question), slow.read(question));
                assertEquals(never.read(question), eager.read(question));
            }
        }
        never.removeCompacted(Integer.MAX_VALUE);
        slow.removeCompacted(Integer.MAX_VALUE);
        assertEquals(eager.bytes(), never.bytes());
        assertEquals(eager.bytes(), slow.bytes());
    }

    @Property(tries = 200)
    void encodedRequestsComeBackAsTheyWere(@ForAll("scripts") List<Request> script) {
        for (Request request : script) {
            assertEquals(request, RequestCodec.decode(RequestCodec.encode(request)));
        }
    }

    @Provide
    Arbitrary<List<Request>> scripts() {
        return Requests.scripts();
    }

    @Provide
    Arbitrary<List<Range>> ranges() {
        return Requests.ranges().list().ofMinSize(1).ofMaxSize(5);
    }
}
