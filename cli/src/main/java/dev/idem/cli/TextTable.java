package dev.idem.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A table of plain text: columns as wide as their widest cell, two blanks between them. */
final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final String alignment;

    /**
     * Starts a table.
     *
     * @param alignment one letter per column: l or r
     */
    TextTable(String alignment) {
        this.alignment = alignment;
    }

    /** Adds a row with a cell per column. */
    TextTable row(String... cells) {
        if (cells.length != alignment.length()) {
            throw new IllegalArgumentException(
                    "a row needs " + alignment.length() + " cells, got " + String.join("|", cells));
        }
        rows.add(List.of(cells));
        return this;
    }

    /** Prints all rows. */
    void print(PrintWriter out) {
        int[] widths = new int[alignment.length()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell = row.get(column);
                String padding = " ".repeat(widths[column] - cell.length());
                line.append(column == 0 ? "" : GAP);
                line.append(alignment.charAt(column) == 'r' ? padding + cell : cell + padding);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
