package dev.idem.cpu.kernel;

/** The only reader of system properties in this module. */
public final class Settings {

    /** Name of the property that fixes the vector width in bits; without it the machine's preferred width is used. */
    public static final String VECTOR_BITS = "idem.vectorBits";

    private Settings() {}

    /**
     * Returns the vector width asked for, or {@code preferred} when none is.
     *
     * @param preferred width in bits that the machine prefers
     * @throws IllegalArgumentException if the property is set and is not 128, 256 or 512
     */
    static int vectorBits(int preferred) {
        String text = System.getProperty(VECTOR_BITS);
        if (text == null) {
            return preferred;
        }
        return switch (text) {
            case "128" -> 128;
            case "256" -> 256;
            case "512" -> 512;
            default -> throw new IllegalArgumentException(
                    "system property " + VECTOR_BITS + " must be 128, 256 or 512, got '" + text + "'");
        };
    }
}
