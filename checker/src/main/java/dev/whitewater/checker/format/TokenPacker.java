package dev.whitewater.checker.format;

import dev.whitewater.checker.edn.Token;
import dev.whitewater.checker.edn.Tokens;
import dev.whitewater.checker.history.Packer;
import dev.whitewater.checker.history.Values;
import dev.whitewater.checker.value.Value;

/** Packs values straight from their tokens, without an object for any of them. */
final class TokenPacker {
    private final Tokens tokens;
    private final ValueIds ids;
    private final Values values;
    private final Packer packer;

    TokenPacker(Tokens tokens, ValueIds ids, Values values, Packer packer) {
        this.tokens = tokens;
        this.ids = ids;
        this.values = values;
        this.packer = packer;
    }

    /** The value whose first token is the current one; leaves its last token current. */
    void current() {
        switch (tokens.token()) {
            case NIL -> packer.nil();
            case TRUE -> packer.bool(true);
            case FALSE -> packer.bool(false);
            case LONG -> packer.integer(tokens.longValue());
            case DOUBLE -> packer.real(tokens.doubleValue());
            case STRING, KEYWORD, SYMBOL, CHARACTER -> packer.known(ids.current());
            case TAG -> {
                packer.tagged(values.idOf(Value.text(tokens.text())));
                tokens.next();
                current();
            }
            case OPEN_VECTOR, OPEN_LIST -> {
                packer.openList();
                items();
            }
            case OPEN_SET -> {
                packer.openSet();
                items();
            }
            case OPEN_MAP -> map();
            case CLOSE, END -> throw tokens.expected("a value");
        }
    }

    private void items() {
        while (tokens.next() != Token.CLOSE) {
            current();
        }
        packer.close();
    }

    private void map() {
        int mark = packer.openMap();
        while (tokens.next() != Token.CLOSE) {
            packer.name(ids.current());
            tokens.next();
            current();
        }
        int twice = packer.closeMap(mark);
        if (twice != Packer.NONE) {
            throw tokens.broken("every key of a map once", values.value(twice) + " again");
        }
    }
}
