package io.quiver.server.cli;

import java.util.concurrent.Callable;

/**
 * A sub-command of {@code bin/quiver}, described by picocli's annotations.
 *
 * <p>Found with {@link java.util.ServiceLoader}, so that a module that the command line may not
 * depend on, such as the demo with its embedding model, can add one. The value it returns is the
 * exit code: 0 for success, 1 for a failure that was reported, 2 for wrong usage.
 */
public interface SubCommand extends Callable<Integer> {}
