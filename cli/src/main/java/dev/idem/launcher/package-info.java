/**
 * The entry of {@code idem.jar}: starts {@code dev.idem.cli.Main} on a JDK 25 whatever Java is on PATH. It is compiled
 * for Java 11, uses nothing but the Java library, and names the rest of idem only as a string. Start reading at
 * {@link dev.idem.launcher.Launcher}; the flags of the child stand in {@link dev.idem.launcher.JvmFlags}.
 */
@NullMarked
package dev.idem.launcher;

import org.jspecify.annotations.NullMarked;
