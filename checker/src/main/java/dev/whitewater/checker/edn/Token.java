package dev.whitewater.checker.edn;

/** What a scanner may find next. JSON has no keywords, symbols, lists, sets, tags or characters. */
public enum Token {
    NIL("nil"),
    TRUE("true"),
    FALSE("false"),
    LONG("an integer"),
    DOUBLE("a fraction"),
    STRING("a string"),
    KEYWORD("a keyword"),
    SYMBOL("a symbol"),
    CHARACTER("a character"),
    TAG("a tag"),
    OPEN_VECTOR("a vector"),
    OPEN_LIST("a list"),
    OPEN_MAP("a map"),
    OPEN_SET("a set"),
    CLOSE("a closing bracket"),
    END("the end of the file");

    private final String words;

    Token(String words) {
        this.words = words;
    }

    /** The token as a reader of an error message would call it. */
    public String words() {
        return words;
    }

    /** Whether a {@link #CLOSE} belongs to this token. */
    public boolean opens() {
        return this == OPEN_VECTOR || this == OPEN_LIST || this == OPEN_MAP || this == OPEN_SET;
    }

    /** Whether {@link Tokens#symbol()} means something for this token. */
    public boolean isText() {
        return this == STRING || this == KEYWORD || this == SYMBOL || this == CHARACTER;
    }
}
