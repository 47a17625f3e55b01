/**
 * Text to terms: what a BM25 index keeps of a text, and what a query of plain words asks of it.
 *
 * <p>Tokenizer, stemmers and stop words are Lucene's; its index is not used. Start reading at
 * {@link io.quiver.sql.text.TextTerms}.
 */
@NullMarked
package io.quiver.sql.text;

import org.jspecify.annotations.NullMarked;
