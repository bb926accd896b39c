/**
 * The command line: reads options, calls the library, shows what comes back. Results go to standard output, progress
 * and errors to standard error; a command returns its exit code ({@link dev.idem.cli.ExitCode}) and only
 * {@link dev.idem.cli.Main} ends the process.
 *
 * <p>Uses all of core but its backends, which are looked up, and picocli and XChart. Start reading at
 * {@link dev.idem.cli.TrainCommand}.
 */
@NullMarked
package dev.idem.cli;

import org.jspecify.annotations.NullMarked;
