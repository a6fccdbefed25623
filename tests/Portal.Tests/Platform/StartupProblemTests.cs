using Tests.Shared;

namespace Portal.Tests.Platform;

public sealed class StartupProblemTests
{
    [Theory]
    [InlineData("Portal:Currency=rupiah", "Portal:Currency")]
    [InlineData("Portal:TimeZone=Middle/Earth", "Portal:TimeZone")]
    [InlineData("Demo:Enabled=perhaps", "Demo")]
    [InlineData("Mail:Port=99999", "Mail:Port")]
    [InlineData("Mail:TimeoutSeconds=soon", "Mail:TimeoutSeconds")]
    [InlineData("ConnectionStrings:Portal=Host=127.0.0.1;Port=1;Database=x;Timeout=2", "database")]
    [InlineData("ConnectionStrings:Portal=Colour=blue", "ConnectionStrings:Portal")]
    [InlineData("Portal:DataDirectory=/dev/null/portal", "Portal:DataDirectory")]
    public async Task A_start_that_cannot_succeed_ends_with_one_sentence_naming_the_cause(string setting, string named)
    {
        var folder = Directory.CreateTempSubdirectory("loyalty-test-");
        try
        {
            var run = await PortalProcess.RunAsync(
                TestContext.Current.CancellationToken, $"--Portal:DataDirectory={folder.FullName}", $"--{setting}", "--urls=http://127.0.0.1:0");

            Assert.NotEqual(0, run.ExitCode);
            var line = Assert.Single(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.StartsWith("The portal cannot start: ", line);
            Assert.Contains(named, line);
            Assert.DoesNotContain("   at ", run.Output + run.Errors);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
