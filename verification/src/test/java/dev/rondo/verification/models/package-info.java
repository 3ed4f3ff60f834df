/** Saves, loads and streams real models. */
@NullMarked
package dev.rondo.verification.models;

import org.jspecify.annotations.NullMarked;
