/** LangChain4j's embedding store over a Quiver database, by plain JDBC. */
@NullMarked
package io.quiver.langchain4j;

import org.jspecify.annotations.NullMarked;
