/** What LangChain4j asks of every embedding store, asked of Quiver's. */
@NullMarked
package io.quiver.langchain4j;

import org.jspecify.annotations.NullMarked;
