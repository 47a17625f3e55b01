/**
 * First programs with Quiver under Spring AI, LangChain4j and Hibernate; the README quotes them.
 */
@NullMarked
package io.quiver.examples.frameworks;

import org.jspecify.annotations.NullMarked;
