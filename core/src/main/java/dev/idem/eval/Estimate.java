package dev.idem.eval;

/**
 * A mean, or a ratio of means, with its standard error.
 *
 * @param value the estimate
 * @param standardError its standard deviation over repetitions, estimated; NaN when {@code count} is 1 and nothing can
 *             be said
 * @param count number of independent values behind it
 */
public record Estimate(double value, double standardError, int count) {

    /**
     * Returns the mean m = Σ x / n of independent values, with the standard error (Σ (x − m)² / (n (n − 1)))^½.
     *
     * @param values at least one, not modified
     * @throws IllegalArgumentException if there are none
     */
    public static Estimate ofMean(double[] values) {
        requireValues("values", values);
        int count = values.length;
        double mean = mean(values);
        return new Estimate(mean, Math.sqrt(covariance(values, mean, values, mean) / count), count);
    }

    /**
     * Returns the ratio r = ā / b̄ of the means of paired values, with the standard error by the delta method, ((var a
     * + r² var b − 2 r cov(a, b)) / (n b̄²))^½. Values that share their randomness pair by pair (distances of two
     * samples to the same third one) give a smaller error than independent ones.
     *
     * @param numerators a, at least one, not modified
     * @param denominators b, as many, with a mean other than 0; not modified
     * @throws IllegalArgumentException if there are none, the lengths differ, or the denominators' mean is 0
     */
    public static Estimate ofRatio(double[] numerators, double[] denominators) {
        requireValues("numerators", numerators);
        int count = numerators.length;
        if (denominators.length != count) {
            throw new IllegalArgumentException(
                    "denominators has " + denominators.length + " values, numerators has " + count
                            + "; must be as many");
        }
        double a = mean(numerators);
        double b = mean(denominators);
        requireDivisor(b);
        double ratio = a / b;
        double variance = covariance(numerators, a, numerators, a)
                + ratio * ratio * covariance(denominators, b, denominators, b)
                - 2 * ratio * covariance(numerators, a, denominators, b);
        // Rounding can make a variance of nearly 0 negative; max keeps NaN.
        return new Estimate(ratio, Math.sqrt(Math.max(variance, 0) / count) / Math.abs(b), count);
    }

    /**
     * Returns the ratio of this estimate to an independent one, with the standard error by the delta method, |r| ((se a
     * / a)² + (se b / b)²)^½ written without dividing by a; its count is the smaller one.
     *
     * @param divisor other than 0
     * @throws IllegalArgumentException if the divisor's value is 0
     */
    public Estimate dividedBy(Estimate divisor) {
        requireDivisor(divisor.value);
        double ratio = value / divisor.value;
        double spread = ratio * divisor.standardError;
        double error = Math.sqrt(standardError * standardError + spread * spread) / Math.abs(divisor.value);
        return new Estimate(ratio, error, Math.min(count, divisor.count));
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Returns the unbiased covariance; NaN for a single pair. */
    private static double covariance(double[] a, double meanOfA, double[] b, double meanOfB) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (a[k] - meanOfA) * (b[k] - meanOfB);
        }
        return a.length < 2 ? Double.NaN : sum / (a.length - 1);
    }

    private static void requireValues(String name, double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException(name + " is empty, must have at least one value");
        }
    }

    private static void requireDivisor(double value) {
        if (value == 0) {
            throw new IllegalArgumentException("the divisor's value is 0, must be another number");
        }
    }
}
