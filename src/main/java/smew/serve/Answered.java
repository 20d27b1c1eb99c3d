package smew.serve;

import java.util.concurrent.CompletionStage;

/** What a handler gives back: the answer, or the promise of one. */
sealed interface Answered permits Answer, Answered.Later {

    /** An answer that is still being waited for, which holds no thread. */
    record Later(CompletionStage<Answer> answer) implements Answered {}
}
