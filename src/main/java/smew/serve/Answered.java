package smew.serve;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What a handler gives back: the answer, or what will become one. */
sealed interface Answered permits Answer, Answered.InPieces, Answered.Later, Answered.Work {

    /** An answer that is still being waited for, which holds no thread. */
    record Later(CompletionStage<? extends Answered> answer) implements Answered {}

    /** An answer that may be long: it is written as the client takes it. Nothing can go wrong with it any more. */
    record InPieces(String mediaType, Pieces pieces) implements Answered {}

    /** What takes too long to compute for a thread that others wait for. */
    record Work(Supplier<Answered> answered) implements Answered {}
}
