package dev.idem.train;

import dev.idem.config.TrainConfig;
import dev.idem.schedule.LearningRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns the sums of an epoch into its metrics. */
final class EpochReport {

    private EpochReport() {}

    static EpochMetrics of(TrainerProgress progress, Trainer.Totals totals, TrainConfig config, double energyW2,
            Optional<RefillMetrics> refill,
            double stepsPerSecond, double seconds) {
        int steps = config.loop().stepsPerEpoch();
        List<Double> effective = new ArrayList<>();
        double sum = 0;
        double rows = 0;
        long leftOut = 0;
        for (int bin = 0; bin < MethodBuilder.NOISE_BINS; bin++) {
            double value = totals.effective()[2 * bin];
            double count = totals.effective()[2 * bin + 1];
            effective.add(value / count);
            sum += value;
            rows += count;
            leftOut += Math.round(totals.mixing()[3 * bin + 2]);
        }
        LearningRate rate = new LearningRate(config.optimiser().learningRate(), config.optimiser().warmupSteps(),
                config.loop().totalSteps(), config.optimiser().finalFraction());
        double left = seconds / progress.epoch() * (config.loop().epochs() - progress.epoch());
        return new EpochMetrics(progress.epoch(), config.loop().epochs(), progress.step(), totals.loss() / steps,
                Math.sqrt(totals.squaredNorm() / steps), rate.at((int) (progress.step() - 1)), sum / rows, effective,
                totals.coefficients(), leftOut, energyW2, progress.energyCalls().total(),
                progress.energyCalls().refinement(), refill.orElse(null), stepsPerSecond, seconds, left);
    }
}
