@NullMarked
package io.quiver.parquet;

import org.jspecify.annotations.NullMarked;
