package dev.rondo.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rondo.cli.CataloguePage;
import dev.rondo.core.Rondo;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of all plugins that is committed is the one that they give. */
final class CatalogueTest {
    private static final String PAGE = "docs/catalogue.md";

    @Test
    void committedPageIsFresh() {
        Path page = PluginFilesTest.root().resolve(PAGE);
        assertThat(page)
                .as("%s is not what the plugins give now; renew it with  ./rondo describe --catalogue %s", PAGE, PAGE)
                .exists()
                .hasContent(CataloguePage.of(Rondo.create()));
    }
}
