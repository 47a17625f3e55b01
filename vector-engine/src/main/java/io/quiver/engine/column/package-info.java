/**
 * Columns: the values of one column for the rows of one segment, off the heap.
 *
 * <p>Two families behind the same reader interfaces: growing columns take rows one at a time in a
 * memtable, sealed ones are read where a file is mapped. Start reading at {@link
 * io.quiver.engine.column.Column}; how sealed columns lie in a file is in docs/format.md.
 */
@NullMarked
package io.quiver.engine.column;

import org.jspecify.annotations.NullMarked;
