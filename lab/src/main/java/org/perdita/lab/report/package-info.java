/**
 * The report: one self-contained HTML file made from result lines alone, and the claim ledger as
 * Markdown. Knows no particular experiment and no engine.
 */
@NullMarked
package org.perdita.lab.report;

import org.jspecify.annotations.NullMarked;
