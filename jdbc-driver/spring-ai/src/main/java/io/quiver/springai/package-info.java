/** Spring AI's vector store over a Quiver database, by JDBC. */
@NullMarked
package io.quiver.springai;

import org.jspecify.annotations.NullMarked;
