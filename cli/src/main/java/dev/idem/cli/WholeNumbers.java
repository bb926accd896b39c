package dev.idem.cli;

import java.math.BigDecimal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Whole numbers as people write large ones: 100000, 1e5, 100_000. */
final class WholeNumbers implements ITypeConverter<Long> {

    @Override
    public Long convert(String value) {
        try {
            return new BigDecimal(value.strip().replaceAll("(?<=\\d)_(?=\\d)", "")).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw new TypeConversionException("'" + value + "' is not a whole number");
        }
    }
}
