using Portal.Features.Imports;

namespace Portal.Jobs;

/// <summary>Works on imports, on every node, one at a time. Unfinished ones go on after a restart.</summary>
internal sealed class WorkOnImports(RunImports imports, ILogger<WorkOnImports> log) : RepeatedJob(TimeSpan.FromSeconds(1), log)
{
    protected override async Task<TimeSpan?> RoundAsync(CancellationToken stopping) => await imports.RunNextAsync(stopping) ? AtOnce : AsUsual;
}
