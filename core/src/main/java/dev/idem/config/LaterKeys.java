package dev.idem.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Keys that the configurations of earlier runs do not have, with what those runs did. */
final class LaterKeys {

    private LaterKeys() {}

    /** Returns the tree of the keys. */
    static ObjectNode tree() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.putObject("replay").put("firstRefill", 1);
        tree.putObject("refine").put("trajectory", 1);
        tree.putObject("evaluation").put("langevinSteps", 0);
        for (String sampler : new String[] {"refill", "sampler"}) {
            tree.putObject(sampler).put("lastStep", Names.of(SamplerConfig.LastStep.DENOISED)).put("restartSteps", 0)
                    .put("restartSigma", SamplerConfig.RESTART_SIGMA);
        }
        return tree;
    }
}
