using Microsoft.Extensions.Logging.Abstractions;
using Portal.Jobs;

namespace Portal.Tests.Platform;

/// <summary>A job that fails goes on: the host would end with one that does not.</summary>
public sealed class RepeatedJobTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_round_that_fails_or_is_cancelled_by_something_within_is_followed_by_the_next()
    {
        using var job = new Job(TimeSpan.FromMilliseconds(1), round => round switch
        {
            1 => throw new InvalidOperationException("the database is away"),
            2 => throw new TaskCanceledException("something within took too long"),
            _ => null,
        });
        await job.StartAsync(Cancel);
        await job.HasDone(4);
        await job.StopAsync(Cancel);
        Assert.True(job.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Rounds_follow_at_once_while_there_is_more_to_do()
    {
        using var job = new Job(TimeSpan.FromDays(1), round => round < 3 ? TimeSpan.Zero : null);
        await job.StartAsync(Cancel);
        await job.HasDone(3);
        await job.StopAsync(Cancel);
        Assert.Equal(3, job.Rounds);
    }

    [Fact]
    public async Task A_stop_ends_a_round_and_the_pause_after_it()
    {
        using var job = new Job(TimeSpan.FromDays(1), _ => null, endless: true);
        await job.StartAsync(Cancel);
        await job.HasDone(1);
        await job.StopAsync(Cancel);
        Assert.True(job.ExecuteTask!.IsCompletedSuccessfully);
    }

    private sealed class Job(TimeSpan pause, Func<int, TimeSpan?> round, bool endless = false) : RepeatedJob(pause, NullLogger<Job>.Instance)
    {
        private readonly SemaphoreSlim done = new(0);

        public int Rounds { get; private set; }

        protected override TimeSpan Begin => TimeSpan.Zero;

        public async Task HasDone(int rounds)
        {
            for (var i = 0; i < rounds; i++)
                Assert.True(await done.WaitAsync(TimeSpan.FromSeconds(20), Cancel));
        }

        protected override async Task<TimeSpan?> RoundAsync(CancellationToken stopping)
        {
            Rounds++;
            done.Release();
            if (endless)
                await Task.Delay(Timeout.Infinite, stopping);
            return round(Rounds);
        }

        public override void Dispose()
        {
            done.Dispose();
            base.Dispose();
        }
    }
}
