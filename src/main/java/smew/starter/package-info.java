/**
 * A project for a file of data: looks at the file, decides what a person would decide, and writes that down as SQL.
 *
 * <p>In: a CSV or Parquet file, and the columns that are entity, label and event time. Out: the text of SQL files, and what was assumed
 * on the way. Must not know: how projects are run, where their files are written.
 *
 * <p>Way through it: {@code DataFile} finds the file, {@code RawFile} loads it as text, {@code Guessing} and {@code Typing} decide types, {@code Profile}
 * counts what is in the typed columns, {@code Label} and {@code Judgement} decide the role of each, and {@code SourceText},
 * {@code ViewText}, {@code ModelText} and {@code CheckTexts} write; {@link smew.starter.Starter} begins.
 */
@NullMarked
package smew.starter;

import org.jspecify.annotations.NullMarked;
