/** The command line. Each subcommand is a class; all of them share exit codes and refusals. */
@NullMarked
package org.perdita.lab.cli;

import org.jspecify.annotations.NullMarked;
