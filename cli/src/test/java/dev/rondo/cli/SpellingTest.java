package dev.rondo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpellingTest {
    @Test
    void takesUnderscoresInNamesOnly() {
        assertThat(Spelling.hyphens("train", "--seq_len", "a_b", "--data_fn=sine_1", "-v_", "--", "--x_y"))
                .containsExactly("train", "--seq-len", "a_b", "--data-fn=sine_1", "-v_", "--", "--x_y");
    }
}
