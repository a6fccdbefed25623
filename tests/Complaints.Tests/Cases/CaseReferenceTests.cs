using Complaints.Cases;

namespace Complaints.Tests.Cases;

public sealed class CaseReferenceTests
{
    [Fact]
    public void A_reference_has_no_characters_that_sound_or_look_alike_and_reads_back()
    {
        for (ulong chance = 0; chance < 3000; chance++)
        {
            var reference = CaseReference.From(chance * 0x9E3779B97F4A7C15);
            Assert.Matches("^[2-9A-HJ-NP-TV-Z]{4}-[2-9A-HJ-NP-TV-Z]{4}$", reference);
            Assert.True(CaseReference.TryParse(reference.ToLowerInvariant().Replace("-", " "), out var read));
            Assert.Equal(reference, read);
        }
    }

    [Fact]
    public void One_wrong_character_or_two_exchanged_ones_are_always_noticed()
    {
        var reference = CaseReference.From(123456789012345).Replace("-", "");
        for (var i = 0; i < reference.Length; i++)
        {
            foreach (var other in CaseReference.Alphabet.Where(c => c != reference[i]))
                Assert.False(CaseReference.TryParse(reference[..i] + other + reference[(i + 1)..], out _));
            for (var j = i + 1; j < reference.Length; j++)
            {
                if (reference[i] == reference[j]) continue;
                var swapped = reference.ToCharArray();
                (swapped[i], swapped[j]) = (swapped[j], swapped[i]);
                Assert.False(CaseReference.TryParse(new(swapped), out _));
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ABC")]
    [InlineData("O0I1-O0I1")]
    [InlineData("2222-22222")]
    public void What_cannot_be_a_reference_is_refused(string? text) => Assert.False(CaseReference.TryParse(text, out _));
}
