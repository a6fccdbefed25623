using Portal.Features.Complaints;

namespace Portal.Tests.Complaints;

public sealed class ExcerptTests
{
    [Theory]
    [InlineData("Short enough", 20, "Short enough")]
    [InlineData("My coffee was cold and the cup leaked", 24, "My coffee was cold and…")]
    [InlineData("My coffee was cold, and the cup leaked", 20, "My coffee was cold…")]
    [InlineData("Pneumonoultramicroscopicsilicovolcanoconiosis", 20, "Pneumonoultramicros…")]
    [InlineData("aaaaaaaaaaaaaaaaaa😀bbbb", 20, "aaaaaaaaaaaaaaaaaa…")]
    public void A_text_is_cut_at_a_word_and_never_inside_a_character(string text, int most, string cut)
    {
        Assert.Equal(cut, Excerpt.Of(text, most));
        Assert.True(cut.Length <= most);
    }
}
