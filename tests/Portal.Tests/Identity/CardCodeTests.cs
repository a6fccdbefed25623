using Portal.Rewarding;

namespace Portal.Tests.Identity;

public sealed class CardCodeTests
{
    [Fact]
    public void A_new_code_has_twelve_characters_that_cannot_be_confused_and_reads_back()
    {
        for (var i = 0; i < 200; i++)
        {
            var code = CardCode.New();
            Assert.Equal(12, code.Length);
            Assert.DoesNotContain(code, c => "0O1I".Contains(c));
            Assert.Equal(code, CardCode.Parse(CardCode.Display(code).ToLowerInvariant()));
        }
    }

    [Fact]
    public void Every_single_mistyped_character_is_found()
    {
        var code = CardCode.WithCheck("7KQ2M9XBWPA");
        for (var place = 0; place < code.Length; place++)
            foreach (var other in "23456789ABCDEFGHJKLMNPQRSTUVWXYZ".Where(c => c != code[place]))
                Assert.Null(CardCode.Parse(code[..place] + other + code[(place + 1)..]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7KQ2")]
    [InlineData("OOOO-IIII-0011")]
    public void What_cannot_be_a_code_is_none(string? typed) => Assert.Null(CardCode.Parse(typed));
}
