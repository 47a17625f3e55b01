/** Hibernate ORM over Quiver: the dialect, its vector types and functions. */
@NullMarked
package io.quiver.hibernate;

import org.jspecify.annotations.NullMarked;
