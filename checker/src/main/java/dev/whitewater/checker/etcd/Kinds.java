package dev.whitewater.checker.etcd;

/** Whether an answered request made a revision, as far as request and reply tell. */
enum Kinds {
    /** It did: the answer's revision is its own. */
    WRITER,
    /** It did if it found something to remove. */
    PERHAPS,
    /** It didn't: the answer's revision is that of the last change. */
    READER;

    static Kinds of(Request request, Reply reply) {
        if (reply instanceof Reply.Failed) {
            return READER;
        }
        return switch (request) {
            case Request.Put _ -> WRITER;
            case Request.Delete _ ->
                    reply instanceof Reply.Deleted(long count) && count >= 0
                            ? count > 0 ? WRITER : READER
                            : PERHAPS;
            case Request.Txn txn -> of(txn, reply);
            case Request.Revoke _ -> PERHAPS;
            case Request.Range _,
                    Request.Compact _,
                    Request.Grant _,
                    Request.KeepAlive _,
                    Request.Access _ ->
                    READER;
        };
    }

    private static Kinds of(Request.Txn txn, Reply reply) {
        if (!(reply instanceof Reply.Branch branch) || branch.succeeded() < 0) {
            return Hidden.writes(txn) ? PERHAPS : READER;
        }
        Kinds kind = READER;
        var steps = branch.succeeded() == 1 ? txn.then() : txn.otherwise();
        for (int i = 0; i < steps.size(); i++) {
            Reply part = i < branch.replies().size() ? branch.replies().get(i) : Reply.UNTOLD;
            Kinds step = of(steps.get(i), part);
            kind = step.compareTo(kind) < 0 ? step : kind;
        }
        return kind;
    }
}
