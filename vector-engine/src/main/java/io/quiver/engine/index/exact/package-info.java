/** Search that compares every row: the oracle of all other indexes, and the index of a memtable. */
@NullMarked
package io.quiver.engine.index.exact;

import org.jspecify.annotations.NullMarked;
