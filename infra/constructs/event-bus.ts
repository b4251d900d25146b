import { Duration } from 'aws-cdk-lib';
import { EventBus as Bus, Rule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { deliveryDetailType, deliverySource } from '../../lib/adapters/aws/events/bus-entry.ts';
import { deployedVariables } from '../../lib/runtime/deployed-environment.ts';
import type { Stage } from '../stages.ts';
import type { DeployedFunction } from './deployed-function.ts';
import { eventTarget } from './event-target.ts';
import type { Part } from './part.ts';

const deliveries = { source: [deliverySource], detailType: [deliveryDetailType] };

/** The bus of the stack, with an archive from which its events can be replayed. */
export class EventBus extends Construct {
  readonly bus: Bus;

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    this.bus = new Bus(this, 'Bus', { eventBusName: stage.stackName });
    this.bus.archive('Archive', {
      eventPattern: deliveries,
      retention: Duration.days(stage.archiveDays),
    });
  }

  /** Has every delivery brought to a function. */
  deliverTo(target: DeployedFunction): Rule {
    return new Rule(this, `To${target.node.id}`, {
      description: `Deliveries to ${target.file}`,
      eventBus: this.bus,
      eventPattern: deliveries,
      targets: [eventTarget(target)],
    });
  }

  publish(): Part {
    return {
      bindTo: (target) => {
        target.setVariable(deployedVariables.bus, this.bus.eventBusName);
        target.allow(['events:PutEvents'], [this.bus.eventBusArn]);
      },
    };
  }
}
